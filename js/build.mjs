// Builds the browser half into ../nbblocks/static: `node build.mjs [--watch]`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "nbblocks", "static");
const RUNTIME_LIMIT = 60 * 1024;

const entries = {
  runtime: "src/runtime.ts",
  loader: "src/loader.ts",
  "chunk-markdown": "src/lazy/markdown.ts",
  "chunk-katex": "src/lazy/katex.ts",
  "chunk-highlight": "src/lazy/highlight.ts",
  "chunk-code": "src/lazy/code.ts",
};

/** The version has one home, the Python package. */
function version() {
  const file = join(here, "..", "nbblocks", "_version.py");
  if (!existsSync(file)) return "0.1.0";
  return /__version__[^=]*=\s*["']([^"']+)["']/.exec(readFileSync(file, "utf8"))?.[1] ?? "0.1.0";
}

/** `import css from "./x.css"` gives the minified text. */
const cssText = {
  name: "css-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const source = readFileSync(path, "utf8");
      const { code } = await esbuild.transform(source, { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

function writeManifest() {
  const manifest = {};
  for (const name of Object.keys(entries)) {
    const bytes = readFileSync(join(out, `${name}.js`));
    manifest[`${name}.js`] = {
      file: `${name}.js`,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      size_bytes: bytes.length,
      gzip_bytes: gzipSync(bytes, { level: 9 }).length,
    };
    const { size_bytes, gzip_bytes } = manifest[`${name}.js`];
    console.log(`${name.padEnd(16)} ${kb(size_bytes)} kB  ${kb(gzip_bytes)} kB gzip`);
  }
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

const kb = (bytes) => (bytes / 1024).toFixed(1).padStart(6);

const options = {
  absWorkingDir: here,
  entryPoints: entries,
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { __VERSION__: JSON.stringify(version()) },
  plugins: [cssText],
  logLevel: "warning",
};

mkdirSync(out, { recursive: true });
if (process.argv.includes("--watch")) {
  const report = {
    name: "report",
    setup: (build) => {
      build.onEnd(({ errors }) => {
        if (errors.length === 0) writeManifest();
      });
    },
  };
  const context = await esbuild.context({ ...options, plugins: [cssText, report] });
  await context.watch();
} else {
  await esbuild.build(options);
  const runtime = writeManifest()["runtime.js"];
  if (runtime.gzip_bytes > RUNTIME_LIMIT) {
    console.error(`runtime.js is ${kb(runtime.gzip_bytes)} kB gzip; the limit is ${kb(RUNTIME_LIMIT)} kB`);
    process.exit(1);
  }
}
