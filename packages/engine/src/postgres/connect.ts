import pg from 'pg';
import type { ServerAddress } from './server-address.ts';
import { databaseUrl } from './server-address.ts';
import { ServerError } from './server-error.ts';
import type { Notice, Row, Session, StatementOutcome } from './session.ts';

/** How long the server may take to answer a new connection, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;

/** PostgreSQL's OIDs of the types that come as something else than text (pg_type.dat). */
const BOOL = 16;
const INT2 = 21;
const INT4 = 23;

/**
 * Opens one connection to one database. Every text goes over the simple protocol, so that several statements can share
 * a round trip. Values arrive as the server printed them, except `smallint` and `integer` (number) and `boolean`.
 * @param onClose called once, after the server has ended the connection at our request
 * @throws the driver's own error when the connection cannot be made; `connectionFailure` makes it presentable
 */
export async function connect(
  address: ServerAddress,
  database: string,
  onClose: (session: Session) => void = () => {},
): Promise<Session> {
  const client = new pg.Client(clientConfig(address, database));
  const connection = new PgSession(client, database, onClose);
  await client.connect();
  return connection;
}

function clientConfig(address: ServerAddress, database: string): pg.ClientConfig {
  const common = {
    application_name: 'pivotal-flow',
    pipeline: true,
    client_encoding: 'UTF8',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  };
  if (address.kind === 'url') return { ...common, connectionString: databaseUrl(address, database) };
  // The driver fills what is left out from PG* variables, which are meant for the user's server and not for ours;
  // it takes an empty string for left out as well.
  const { folder, port, user } = address;
  return {
    ...common,
    host: folder,
    port,
    user,
    database,
    ssl: false,
    sslnegotiation: 'postgres',
    options: ' ',
  };
}

function typeParser(oid: number): (text: string) => unknown {
  if (oid === INT2 || oid === INT4) return Number;
  if (oid === BOOL) return (text) => text === 't';
  return (text) => text;
}

class PgSession implements Session {
  readonly database: string;
  readonly #client: pg.Client;
  readonly #onClose: (session: Session) => void;
  /** Messages of the server, for each text that was sent and not answered yet, in order. */
  readonly #unanswered: Notice[][] = [];
  #last: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | null = null;
  /** Whether the last text was refused: the driver reports an error before it hears in what state the transaction is. */
  #failed = false;
  /** Why the connection ended; `null` as long as it stands. */
  #brokenBy: string | null = null;
  /** Whether the session has forgotten everything, and was sent nothing since. */
  #isClean = false;

  constructor(client: pg.Client, database: string, onClose: (session: Session) => void) {
    this.database = database;
    this.#client = client;
    this.#onClose = onClose;
    client.on('notice', (notice) => {
      const { severity, code, message } = notice;
      this.#unanswered[0]?.push({ severity: severity ?? '', sqlstate: code ?? '', message: message ?? '' });
    });
    // A connection that breaks while idle is reported by the next query; unheard, the event would end the process.
    client.on('error', ({ message }) => {
      this.#brokenBy ??= message;
    });
  }

  async query(sql: string): Promise<Row[]> {
    return (await this.#run(sql)).results.at(-1)?.rows ?? [];
  }

  async batch(sql: string): Promise<Row[][]> {
    return (await this.#run(sql)).results.map((result) => result.rows);
  }

  async execute(sql: string): Promise<StatementOutcome> {
    return outcomeOf(await this.#run(sql));
  }

  executeAhead(
    statements: readonly string[],
    end: 'as-it-is' | 'reset',
  ): Promise<(StatementOutcome | ServerError)[]> {
    return this.#next(async () => {
      if (end === 'as-it-is') return Promise.all(this.#sendTogether(statements));
      const outcomes = await Promise.all(this.#sendTogether([...statements, FORGET]));
      this.#isClean = !(outcomes.pop() instanceof ServerError);
      return outcomes;
    });
  }

  async reset(): Promise<void> {
    if (this.#isClean) return;
    if (this.#failed || this.#client.getTransactionStatus() !== 'I') await this.#run('ROLLBACK');
    // On its own: DISCARD ALL is refused in the implicit transaction of several statements.
    await this.#run(FORGET);
    this.#isClean = true;
  }

  close(): Promise<void> {
    this.#closed ??= this.#client
      .end()
      .catch(() => {})
      .then(() => this.#onClose(this));
    return this.#closed;
  }

  #run(sql: string): Promise<Answer> {
    return this.#next(() => this.#send(sql));
  }

  /** What is sent together is answered before anything else is sent. */
  #next<Result>(send: () => Promise<Result>): Promise<Result> {
    const answer = this.#last.then(send);
    this.#last = answer.catch(() => {});
    return answer;
  }

  /** In one write. */
  #sendTogether(texts: readonly string[]): Promise<StatementOutcome | ServerError>[] {
    const { stream } = this.#client.connection;
    stream.cork();
    try {
      return texts.map((sql) => this.#send(sql).then(outcomeOf, refusalOf));
    } finally {
      stream.uncork();
    }
  }

  #send(sql: string): Promise<Answer> {
    this.#isClean = false;
    const notices: Notice[] = [];
    this.#unanswered.push(notices);
    return new Promise((resolve, reject) => {
      // Not by a promise of the driver's: that would be told of the answer after the next one's first messages.
      this.#client.query<Row>(sql, (error: unknown, result: pg.QueryResult<Row> | pg.QueryResult<Row>[]) => {
        this.#unanswered.shift();
        this.#failed = error !== null && error !== undefined;
        if (this.#failed) reject(this.#refusal(error));
        else resolve({ results: Array.isArray(result) ? result : [result], notices });
      });
    });
  }

  /** The driver says of a broken connection only that it is broken: the first that was said of it is why. */
  #refusal(error: unknown): ServerError {
    if (error instanceof pg.DatabaseError) {
      if (error.severity === 'FATAL' || error.severity === 'PANIC') this.#brokenBy ??= error.message;
      return asServerError(error);
    }
    this.#brokenBy ??= error instanceof Error ? error.message : String(error);
    return new ServerError(`the connection to the server broke: ${this.#brokenBy}`, {
      sqlstate: null,
      cause: error,
    });
  }
}

interface Answer {
  readonly results: readonly pg.QueryResult<Row>[];
  readonly notices: readonly Notice[];
}

const FORGET = 'DISCARD ALL';

function outcomeOf({ results, notices }: Answer): StatementOutcome {
  const result = results.at(-1);
  return { command: result?.command ?? '', rows: result?.rowCount ?? null, notices };
}

function refusalOf(error: unknown): ServerError {
  if (error instanceof ServerError) return error;
  throw error;
}

function asServerError(error: pg.DatabaseError): ServerError {
  return new ServerError(error.message, {
    sqlstate: error.code ?? null,
    position: error.position === undefined ? null : Number(error.position),
    detail: error.detail ?? null,
    hint: error.hint ?? null,
    where: error.where ?? null,
    cause: error,
  });
}
