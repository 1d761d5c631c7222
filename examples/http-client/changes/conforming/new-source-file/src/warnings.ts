import { getJson } from './http.js';

export async function warnings(region: string): Promise<unknown> {
  return getJson(`https://weather.example/regions/${encodeURIComponent(region)}/warnings`);
}
