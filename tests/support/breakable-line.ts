import { createConnection, createServer, type Server, type Socket } from 'node:net';

/** A line to a server that a test can cut and mend: a TCP relay on this machine. */
export class BreakableLine {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly target: { readonly host: string; readonly port: number },
    readonly port: number,
  ) {}

  async mend(): Promise<void> {
    const server = createServer((near) => {
      const far = createConnection(this.target);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.server = server;
  }

  /** Connections break off and new ones are refused. */
  async cut(): Promise<void> {
    const closed = new Promise<void>((resolve) =>
      this.server ? this.server.close(() => resolve()) : resolve(),
    );
    for (const socket of this.sockets) socket.destroy();
    await closed;
    this.server = undefined;
  }
}
