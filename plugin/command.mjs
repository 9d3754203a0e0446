#!/usr/bin/env node
// Here, and not in dist, so that npm finds it in a clone that has yet to be built.
import "./dist/cli/main.js";
