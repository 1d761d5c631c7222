import axios from 'axios';

/** The one place that talks HTTP: time-outs, retries and our user agent are decided here. */
export async function getJson(url: string): Promise<unknown> {
  const { data } = await axios.get(url, { headers: { 'user-agent': 'weather-desk' }, timeout: 5_000 });
  return data;
}
