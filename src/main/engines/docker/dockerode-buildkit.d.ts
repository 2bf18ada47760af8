declare module 'dockerode/lib/buildkit.js' {
  const buildkit: {
    followProgress(
      stream: NodeJS.ReadableStream,
      onFinished: (error: Error | null) => void,
      onProgress: (event: {
        stream?: string;
        error?: string;
        status?: string;
        id?: string;
      }) => void,
    ): void;
  };
  export default buildkit;
}
