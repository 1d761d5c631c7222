import { getJson } from './http.js';

export interface Forecast {
  readonly day: string;
  readonly celsius: number;
}

export async function forecast(station: string): Promise<readonly Forecast[]> {
  const answer = await getJson(`https://weather.example/stations/${encodeURIComponent(station)}/forecast`);
  if (!Array.isArray(answer)) throw new Error(`no forecast for ${station}`);
  return answer as Forecast[];
}
