/** Why a request is not answered with what it asks for, as its answer names it. */
export type RequestErrorCode =
  | 'bad_request'
  | 'not_identified'
  | 'not_found'
  | 'conflict'
  | 'unprocessable'
  | 'internal';

/** A reason that the one who asks may read. Everything else that is thrown is answered as `internal`, without its text. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;
  readonly details: unknown;

  /**
   * @param message a sentence for a person, without SQL and without secrets
   * @param details what a program can use, such as the fields that are wrong; goes into the answer as JSON
   */
  constructor(code: RequestErrorCode, message: string, details?: unknown) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
    this.details = details;
  }
}
