/** `npm start`: builds the campaign and serves it on this machine. PORT changes the port. */
import type { Server } from 'node:http';
import { outFolder, runBuild } from './build/run-build.ts';
import { serveFolder } from './build/serve.ts';

const port = Number(process.env['PORT'] ?? 4321);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(
    `PORT is "${process.env['PORT']}"; a whole number from 0 to 65535 was expected, such as PORT=4322.`,
  );
  process.exit(1);
}

/** Takes the port, so that nobody waits for a build to hear that there is none. */
async function takePort(): Promise<Server> {
  try {
    return await serveFolder(outFolder(), port);
  } catch (error) {
    if (!(
      error instanceof Error &&
      'code' in error &&
      (error.code === 'EADDRINUSE' || error.code === 'EACCES')
    ))
      throw error;
    const reason =
      error.code === 'EACCES'
        ? 'may not be used without more rights'
        : 'is taken by another program';
    console.error(
      `Port ${port} ${reason}. To serve the site on another port: ` +
        `PORT=${port + 1 > 65_535 ? 4321 : port + 1} npm start`,
    );
    process.exit(1);
  }
}

const server = await takePort();
await runBuild();
const address = server.address();
console.log(
  `\nlook at http://localhost:${typeof address === 'object' ? address?.port : port}/   (Ctrl-C ends)`,
);
const end = () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
process.on('SIGINT', end).on('SIGTERM', end);
