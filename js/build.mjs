// Builds the browser half into ../nbblocks/static: `node build.mjs [--watch]`.
//
// Besides the runtime there are lazy parts: `src/lazy/*` are modules on their own (`chunk-code.js`), `src/views/*` are
// families of views (`chunk-views-chat.js`) that share with the runtime what `src/kit.ts` lists, and do not bundle it again.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "nbblocks", "static");
const RUNTIME_LIMIT = 60 * 1024;

/** Modules of a folder, by the name of what is built from them. */
function modulesIn(folder, prefix, kind = /\.tsx?$/) {
  const files = existsSync(join(here, folder)) ? readdirSync(join(here, folder)) : [];
  const modules = files.filter((file) => kind.test(file) && !/\.test\.tsx?$/.test(file)).sort();
  return Object.fromEntries(
    modules.map((file) => [`${prefix}${file.replace(kind, "")}`, `${folder}/${file}`]),
  );
}

const modules = {
  runtime: "src/runtime.ts",
  loader: "src/loader.ts",
  member: "src/member.ts",
  ...modulesIn("src/lazy", "chunk-"),
  ...modulesIn("src/lang", "chunk-lang-", /\.json$/),
};
const families = modulesIn("src/views", "chunk-views-");
const entries = { ...modules, ...families };

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

/** What families of views get from the runtime: the modules that `src/kit.ts` imports. */
const shared = {
  name: "shared",
  setup(build) {
    const kit = readFileSync(join(here, "src/kit.ts"), "utf8");
    const names = new Set([...kit.matchAll(/from "([^"]+)"/g)].map((match) => match[1]));
    build.onResolve({ filter: /^(preact|@preact)(\/|$)/ }, ({ path }) =>
      names.has(path) ? { path, external: true } : undefined,
    );
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const name = `./${relative(join(here, "src"), join(resolveDir, path)).replaceAll("\\", "/")}`;
      return names.has(name) ? { path: name, external: true } : undefined;
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
  entryPoints: modules,
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

/** A family is a function of what `require` gives it, so that hooks and signals are the runtime's own. */
const familyOptions = {
  ...options,
  entryPoints: families,
  format: "cjs",
  banner: { js: "export default(require)=>{const module={exports:{}};let exports=module.exports;" },
  footer: { js: "return module.exports}" },
  plugins: [cssText, shared],
};

mkdirSync(out, { recursive: true });
if (process.argv.includes("--watch")) {
  const report = {
    name: "report",
    setup: (build) => {
      build.onEnd(({ errors }) => {
        if (errors.length === 0 && Object.keys(entries).every((name) => existsSync(join(out, `${name}.js`))))
          writeManifest();
      });
    },
  };
  for (const one of [familyOptions, options]) {
    const context = await esbuild.context({ ...one, plugins: [...one.plugins, report] });
    await context.watch();
  }
} else {
  await Promise.all([esbuild.build(options), esbuild.build(familyOptions)]);
  const runtime = writeManifest()["runtime.js"];
  if (runtime.gzip_bytes > RUNTIME_LIMIT) {
    console.error(`runtime.js is ${kb(runtime.gzip_bytes)} kB gzip; the limit is ${kb(RUNTIME_LIMIT)} kB`);
    process.exit(1);
  }
}
