/** An npm registry on this machine, with the packages of this project; others are where they were. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { shell } from "./shell.js";

export interface Registry {
  readonly url: string;
  close(): void;
}

/** Begins to serve tarballs as npm's registry does. */
export async function serve(tarballs: readonly string[]): Promise<Registry> {
  const upstream = shell("npm config get registry", process.cwd()).trim();
  const packages = new Map(tarballs.map((file) => [manifestIn(file).name, readFileSync(file)]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "/").slice(1);
    const [name = "", rest] = path.split("/-/");
    const bytes = packages.get(name);
    if (bytes === undefined) {
      response.writeHead(302, { location: new URL(request.url?.slice(1) ?? "", upstream).href });
      response.end();
    } else if (rest === undefined) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(documentOf(bytes, urlOf(server))));
    } else {
      response.writeHead(200, { "content-type": "application/octet-stream" });
      response.end(bytes);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: urlOf(server), close: () => server.close() };
}

const urlOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** What a registry says of a package with one version. */
function documentOf(bytes: Buffer, registry: string): object {
  const manifest = manifestIn(bytes);
  const { name, version } = manifest;
  const tarball = `${registry}${name}/-/${name}-${version}.tgz`;
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  const versions = { [version]: { ...manifest, dist: { tarball, integrity } } };
  return { name, "dist-tags": { latest: version }, versions };
}

/** The package.json in a tarball. */
function manifestIn(tarball: string | Buffer): Manifest {
  const tar = gunzipSync(typeof tarball === "string" ? readFileSync(tarball) : tarball);
  const BLOCK = 512;
  for (let at = 0; at < tar.length; ) {
    const path = tar.toString("utf8", at, at + 100).replace(/\0.*$/s, "");
    const size = Number.parseInt(tar.toString("latin1", at + 124, at + 136), 8) || 0;
    const start = at + BLOCK;
    if (path === "package/package.json") {
      return JSON.parse(tar.toString("utf8", start, start + size));
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Error("the tarball has no package.json");
}
