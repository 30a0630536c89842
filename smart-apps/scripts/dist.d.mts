export const DIST: string;
export const ZIP: string;
export function filesOf(folder: string): Record<string, Uint8Array>;
export function pack(files: Record<string, Uint8Array>): Uint8Array;
export function unpack(zip: Uint8Array): Record<string, Uint8Array>;
