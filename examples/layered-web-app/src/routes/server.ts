import { createServer, type IncomingMessage } from 'node:http';
import type { LoanRequest } from '../api/types.js';
import { logger } from '../shared/logger.js';
import { getBooks } from './books.js';
import { postLoan } from './loans.js';

async function answer(request: IncomingMessage): Promise<unknown> {
  if (request.method === 'GET' && request.url === '/books') return getBooks();
  if (request.method === 'POST' && request.url === '/loans') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return postLoan(JSON.parse(Buffer.concat(chunks).toString()) as LoanRequest);
  }
  return null;
}

export function start(port: number): void {
  const server = createServer((request, response) => {
    answer(request).then(
      body => response.writeHead(body === null ? 404 : 200).end(JSON.stringify(body)),
      (error: Error) => {
        logger.note('failed', { message: error.message });
        response.writeHead(500).end();
      },
    );
  });
  server.listen(port, () => logger.note('listening', { port }));
}
