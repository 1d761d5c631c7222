/** An address without the user and password that may stand in it. */
export function shownUrl(url: string): string {
  const start = url.indexOf('://');
  if (start === -1) return url;
  const end = url.slice(start + 3).search(/[/?#\\]/);
  const host = end === -1 ? url.slice(start + 3) : url.slice(start + 3, start + 3 + end);
  const rest = end === -1 ? '' : url.slice(start + 3 + end);
  return `${url.slice(0, start + 3)}${host.slice(host.lastIndexOf('@') + 1)}${rest}`;
}
