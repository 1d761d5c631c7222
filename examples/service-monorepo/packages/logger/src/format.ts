export function line(service: string, event: string, details: object): string {
  return `${JSON.stringify({ service, event, ...details })}\n`;
}
