import { chmodSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the journeys go: a server that runs already, or one that is started for them. */
export type Target = { url: string; start?: { command: string; env: Record<string, string> } };

/**
 * The program as users get it, on a free port, with a data folder of its own that goes when the
 * journeys end. Every worker of the test runner reads this again, so the first one's answer is kept
 * in the environment.
 */
export async function target(): Promise<Target> {
  if (process.env.HANDSTAMP_URL) return { url: process.env.HANDSTAMP_URL };
  process.env.JOURNEYS_PORT ??= String(await freePort());
  process.env.JOURNEYS_DATA ??= dataFolder();
  const { JOURNEYS_PORT: port, JOURNEYS_DATA: data } = process.env;
  const binary = process.env.HANDSTAMP_BIN ?? '../bin/handstamp';
  const database = process.env.DATABASE_URL;
  return {
    url: `http://localhost:${port}`,
    start: {
      // The signal to end goes to program and shell alike; the shell waits for it and tidies up.
      command: `trap : TERM INT; "${binary}" serve & wait $!; wait $!; ${process.env.KEEP_DATA ? 'true' : 'rm -rf "$JOURNEYS_DATA"'}`,
      env: {
        JOURNEYS_DATA: data as string,
        PORT: port as string,
        DATA_DIR: join(data as string, 'data'),
        DEMO: 'yes',
        // Every worker signs in again and again from one address, more often than any office does.
        RATE_ADDRESS: '0',
        LOG_LEVEL: 'warn',
        ...(database && { DATABASE_URL: database }),
      },
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'handstamp-journeys-'));
  // As root, PostgreSQL runs as somebody else, who must be able to pass through.
  chmodSync(folder, 0o755);
  return folder;
}
