// Refuses an older Node in one line: older ones cannot run the TypeScript sources and fail in confusing ways.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Bookadoc needs Node 24 or newer; this is Node ${process.versions.node}. On Linux run "npm ci" (without --omit=optional): it brings Node 24 along. Elsewhere install Node 24.`,
  );
  process.exit(1);
}
