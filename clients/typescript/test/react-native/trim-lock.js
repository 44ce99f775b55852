// Removes from package-lock.json what React Native depends on, which would be 380 MB in 360 packages: the tests read a few of its files
// only, and "npm ci" installs what the lock file lists. Run "npm run lock" after a change of a version in package.json.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const file = join(__dirname, "package-lock.json");
const lock = JSON.parse(readFileSync(file, "utf8"));
const used = {};

function keep(path) {
  const entry = lock.packages[path];
  if (used[path]) return;
  used[path] = entry;
  if (entry.name === "react-native") {
    for (const member of ["bin", "dependencies", "peerDependencies", "peerDependenciesMeta"]) delete entry[member];
  }

  for (const name of Object.keys({ ...entry.dependencies, ...entry.devDependencies })) keep(`node_modules/${name}`);
}

keep("");
lock.packages = Object.fromEntries(Object.entries(used).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
