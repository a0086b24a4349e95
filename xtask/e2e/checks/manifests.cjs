// Loads a cloud assembly's manifest and its asset manifests with the CDK's schema: node manifests.cjs MANIFEST [ASSETS…]
const { Manifest } = require("@aws-cdk/cloud-assembly-schema");

const [manifest, ...assets] = process.argv.slice(2);
try {
  Manifest.loadAssemblyManifest(manifest);
  for (const path of assets) Manifest.loadAssetManifest(path);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
