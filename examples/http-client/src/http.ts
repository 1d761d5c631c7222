import { request } from 'undici';

/** The one place that talks HTTP: time-outs, retries and our user agent are decided here. */
export async function getJson(url: string): Promise<unknown> {
  const { statusCode, body } = await request(url, {
    headers: { 'user-agent': 'weather-desk' },
    headersTimeout: 5_000,
  });
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
  return body.json();
}
