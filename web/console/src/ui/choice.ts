export interface Choice<T> {
  value: T;
  label: string;
  hint?: string;
}
