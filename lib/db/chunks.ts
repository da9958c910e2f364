// Fewer than either database takes as parameters of one statement.
const CHUNK_SIZE = 1000;

/** Values in parts that one statement can take, in their order. */
export function chunksOf<T>(values: readonly T[], size = CHUNK_SIZE): T[][] {
  const count = Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
}
