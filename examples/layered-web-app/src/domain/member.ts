export interface Member {
  readonly id: number;
  readonly name: string;
  readonly suspended: boolean;
}
