#!/usr/bin/env bash
# usage: build.sh FOLDER
# Builds the viewer in FOLDER, and leaves the source tree as it is: the page becomes
# FOLDER/built/viewer.html. Packages are installed there only when the lock file is a new one.
set -euo pipefail

source="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
mkdir -p "$1"
cd "$1"
exec 9>.lock
flock 9

rm -rf src built
cp -R "$source"/{src,index.html,package.json,package-lock.json,tsconfig.json,vite.config.ts,.npmrc} .
if ! cmp -s package-lock.json .installed; then
  rm -f .installed
  npm ci --ignore-scripts
  cp package-lock.json .installed
fi
node node_modules/typescript/bin/tsc --noEmit
node node_modules/vite/bin/vite.js build
