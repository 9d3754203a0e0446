/** Executes `live`. */

import { createReadStream } from "node:fs";
import { findFiles } from "../../files/sources.js";
import type { LiveStream } from "../../live/index.js";
import type { LiveCommandOptions } from "../commands/live.js";
import { inputsOf } from "../inputs.js";
import { cleanUpWhenInterrupted, endBy } from "../interrupted.js";
import { Bars } from "../live/bars.js";
import { Session } from "../live/session.js";
import { askedIn, restored, warmUp } from "../live/start.js";
import { parseEvery, readState, State } from "../live/state.js";
import { ofLive } from "../live/words.js";
import { isClosed } from "../output.js";
import { asUsage, count, UsageError } from "../text.js";

/** How often the state is saved, if the command does not say. */
const EVERY = "10s";

/** Runs `live`. */
export async function live(file: string, options: LiveCommandOptions): Promise<void> {
  await run(file, options).catch((error: unknown) => {
    throw ofLive(error);
  });
}

async function run(file: string, options: LiveCommandOptions): Promise<void> {
  const { warm, state: path, quiet, skipErrors } = options;
  const asked = askedIn(options);
  const every = parseEvery(options.every ?? EVERY);
  if (path === undefined && options.every !== undefined) {
    throw new UsageError("--every says when to write the state; name its file with --state");
  }
  if (warm === "-") throw new UsageError("--warm takes a file or a pattern, not standard input");
  const history = warm === undefined ? undefined : asUsage(() => inputsOf([warm], options));
  const input = inputOf(file);
  let session: Session | undefined;
  cleanUpWhenInterrupted((signal) => {
    session?.stop(signal);
    return session !== undefined;
  });
  const say = (text: string) => quiet || console.error(text);

  const bytes = path === undefined ? undefined : readState(path);
  const stream = bytes ? restored(asked, bytes, path as string) : asked.stream;
  if (bytes) {
    say(`note: ${path} has ${contents(stream)}${history ? "; --warm is not read" : ""}`);
  } else if (history) {
    await warmUp(asked, history, options.sort);
    say(`note: ${warm} has ${contents(stream)}`);
  }

  const bars = new Bars(stream, asked);
  const state = path === undefined ? undefined : new State(path, stream, every);
  const onError = skipErrors ? (message: string) => console.error(message) : undefined;
  session = new Session({ ...input, bars, state, onError });
  try {
    await session.run();
    say(summary(session, bars));
  } catch (error) {
    if (!isClosed(error)) throw error;
  }
  if (session.signal) endBy(session.signal);
}

/** The bars to read. */
function inputOf(file: string) {
  if (file === "-") return { input: process.stdin, name: "standard input" };
  const [path = "", ...others] = findFiles([file]);
  if (others.length > 0) throw new UsageError(`live reads one file of bars, "${file}" are several`);
  return { input: createReadStream(path), name: `"${path}"` };
}

/** What a stream has. */
function contents(stream: LiveStream): string {
  const { bars, keys } = stream.info();
  const has = `${count(bars, "bar")}${stream.over.length > 0 ? ` of ${count(keys, "key")}` : ""}`;
  if (bars === 0 || stream.timeField !== undefined) return has;
  return `${has} without times, so the input must begin after them`;
}

function summary({ rows, errors }: Session, { known }: Bars): string {
  const skipped = [
    ...(known > 0 ? [`${count(known, "bar")} known before`] : []),
    ...(errors > 0 ? [`${count(errors, "line")} with errors`] : []),
  ];
  const rest = skipped.length > 0 ? `; skipped ${skipped.join(" and ")}` : "";
  return `standard output: ${count(rows, "row")}${rest}`;
}
