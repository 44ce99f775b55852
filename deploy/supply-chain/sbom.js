// This script lists the packages of the server and its clients. It writes artifacts/sbom.cdx.json (CycloneDX 1.6, checked against
// its schema) with versions and hashes, and docs/licences.md without versions, so that an update of a package does not change it.
// It needs the result of "dotnet restore". Packages that are only used by tests and tools are marked as excluded.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Enums, Models, Serialize, Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { XMLParser } from "fast-xml-parser";
import { PackageURL } from "packageurl-js";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const version = /<Version>(.*)<\/Version>/.exec(read("Directory.Build.props"))[1];

// These packages do not declare their license; it was looked up in their sources.
const lookedUp = {
  MediatR: "Apache-2.0",
  "zxcvbn-core": "MIT",
  // This native library for Windows may be distributed with programs.
  "Microsoft.Data.SqlClient.SNI.runtime": "Microsoft Software License Terms",
  // This license is not accepted. No server loads the package, so src/WebApi excludes it.
  "Microsoft.Identity.Client.NativeInterop": "Microsoft Software License Terms that do not let it be passed on",
};
const accepted = new Set(["MIT", "Apache-2.0", "Microsoft Software License Terms"]);

const delivered = ["src/WebApi", "clients/csharp/Client", "clients/csharp/DependencyInjection"];
// The result has the folders of all files with that name outside of src, whose projects are part of the server.
const foldersOf = (name) =>
  execFileSync("git", ["ls-files", `*${name}`, ":!src"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n")
    .map((path) => path.replace(/\/[^/]*$/, ""));
const others = foldersOf(".csproj").filter((project) => !delivered.includes(project));
const locks = foldersOf("package-lock.json");

const components = new Map();
const unknown = [];

function add(purl, name, version, scope, { licence, text, hashes = [], dependencies = [] }) {
  const found = components.get(purl);
  if (found) {
    if (scope === Enums.ComponentScope.Required) {
      found.component.scope = scope;
    }
    return;
  }
  const component = new Models.Component(Enums.ComponentType.Library, name, { version, scope, purl, bomRef: purl });
  if (licence) {
    component.licenses.add(
      / /.test(licence)
        ? / (AND|OR|WITH) /.test(licence)
          ? new Models.LicenseExpression(licence)
          : new Models.NamedLicense(licence)
        : new Models.SpdxLicense(licence),
    );
  }
  for (const [algorithm, value] of hashes) {
    component.hashes.set(algorithm, value);
  }
  components.set(purl, { component, licence, text, dependencies });
}

const hex = (base64) => Buffer.from(base64, "base64").toString("hex");
const nuget = (name, version) => new PackageURL("nuget", undefined, name, version).toString();
const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", parseTagValue: false });

function nuspecOf(folders, library) {
  const file = library.files.find((name) => name.endsWith(".nuspec"));
  for (const folder of folders) {
    try {
      return xml.parse(readFileSync(`${folder}${library.path}/${file}`, "utf8")).package.metadata;
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  throw new Error(`${library.path} is in no package folder: run dotnet restore.`);
}

function addProject(project, scope) {
  const assets = JSON.parse(read(`${project}/obj/project.assets.json`));
  const folders = Object.keys(assets.packageFolders);
  for (const target of Object.values(assets.targets)) {
    const versions = Object.fromEntries(Object.keys(target).map((key) => key.split("/")));
    for (const [key, item] of Object.entries(target)) {
      // A package without runtime files is only used by the build.
      const files = Object.keys({ ...item.runtime, ...item.native, ...item.runtimeTargets });
      if (item.type !== "package" || (scope === Enums.ComponentScope.Required && files.every((file) => file.endsWith("_._")))) {
        continue;
      }
      const [name, version] = key.split("/");
      const library = assets.libraries[key];
      const { license, copyright, authors } = nuspecOf(folders, library);
      const licence = license?.type === "expression" ? license["#text"] : lookedUp[name];
      if (scope === Enums.ComponentScope.Required && !accepted.has(licence)) {
        unknown.push(`${name}: ${licence ?? "no licence"}`);
      }
      add(nuget(name, version), name, version, scope, {
        licence,
        text: copyright || authors,
        hashes: [[Enums.HashAlgorithm["SHA-512"], hex(library.sha512)]],
        dependencies: Object.keys(item.dependencies ?? {})
          .filter((dependency) => versions[dependency])
          .map((dependency) => nuget(dependency, versions[dependency])),
      });
    }
  }
}

function addLock(folder) {
  for (const [path, { version, license, integrity, dev }] of Object.entries(JSON.parse(read(`${folder}/package-lock.json`)).packages)) {
    if (path === "") {
      continue;
    }
    if (!dev) {
      throw new Error(`${folder} has got a dependency that is delivered: ${path}`);
    }
    const [, scope, name] = /node_modules\/(?:(@[^/]+)\/)?([^/]+)$/.exec(path);
    const [algorithm, hash] = integrity.split("-");
    add(new PackageURL("npm", scope, name, version).toString(), scope ? `${scope}/${name}` : name, version, Enums.ComponentScope.Excluded, {
      licence: license,
      hashes: [[algorithm.replace("sha", "SHA-"), hex(hash)]],
    });
  }
}

delivered.forEach((project) => addProject(project, Enums.ComponentScope.Required));
others.forEach((project) => addProject(project, Enums.ComponentScope.Excluded));
locks.forEach(addLock);
if (unknown.length > 0) {
  console.error(`Look up, and accept or replace:\n${unknown.join("\n")}`);
  process.exit(1);
}

const bom = new Models.Bom({
  metadata: new Models.Metadata({
    component: new Models.Component(Enums.ComponentType.Application, "Fitnessify", { version, bomRef: "fitnessify" }),
  }),
});
bom.metadata.component.licenses.add(new Models.SpdxLicense("MIT"));
for (const { component, dependencies } of components.values()) {
  bom.components.add(component);
  for (const dependency of dependencies.filter((purl) => components.has(purl))) {
    component.dependencies.add(components.get(dependency).component.bomRef);
  }
  if (component.scope === Enums.ComponentScope.Required) {
    bom.metadata.component.dependencies.add(component.bomRef);
  }
}

const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
const text = serializer.serialize(bom, { sortLists: true, space: 2 });
const wrong = await new Validation.JsonStrictValidator(Spec.Spec1dot6.version).validate(text);
if (wrong !== null) {
  console.error("The bill of materials does not follow its schema:", wrong);
  process.exit(1);
}
mkdirSync(new URL("artifacts/", root), { recursive: true });
writeFileSync(new URL("artifacts/sbom.cdx.json", root), `${text}\n`);

const rows = [...components.values()]
  .filter(({ component }) => component.scope === Enums.ComponentScope.Required)
  .sort((a, b) => (a.component.name < b.component.name ? -1 : 1))
  .map(({ component: { name }, licence, text }) => `| [${name}](https://www.nuget.org/packages/${name}) | ${licence} | ${text.replaceAll("  ", " ")} |`);
writeFileSync(
  new URL("docs/licences.md", root),
  `# Licences

Written by \`deploy/sbom\`; do not edit.

Fitnessify is under the [MIT licence](../LICENSE). The server and the client for C# come with these packages, unchanged; the client for
TypeScript with none.

| package | licence | copyright |
|---|---|---|
${[...new Set(rows)].join("\n")}
`,
);
console.log(`${components.size} packages, ${rows.length} of them delivered.`);
