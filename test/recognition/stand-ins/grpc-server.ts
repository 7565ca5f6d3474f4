import { createRequire } from 'node:module';
import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';

export type GrpcServer = {
  /** `127.0.0.1:port`, as the site file has it. */
  readonly endpoint: string;
  /** Cuts every stream and frees the port. */
  close(): void;
};

/**
 * Serves one service of a Google Cloud package on a free port of this machine. What messages look like is read from the
 * package's own protocol file, so a field that the real service would not understand is not understood here.
 */
export async function serveFromProtos(
  packageName: '@google-cloud/speech' | '@google-cloud/text-to-speech',
  service: string,
  methods: UntypedServiceImplementation,
): Promise<GrpcServer> {
  const json = createRequire(import.meta.url)(`${packageName}/build/protos/protos.json`);
  const definitions = fromJSON(json, { defaults: true, enums: String, longs: Number, oneofs: true });
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  server.addService(definitions[service] as ServiceDefinition, methods);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { endpoint: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
