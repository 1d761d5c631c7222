export interface BookRow {
  readonly isbn: string;
  readonly title: string;
  readonly author: string;
  readonly available: number;
}

export interface LoanRequest {
  readonly isbn: string;
  readonly member: number;
}

export type LoanResponse = { readonly due: string } | { readonly refused: string };
