import type { FastifyError, FastifyInstance } from 'fastify';
import { RequestError, type RequestErrorCode } from '../request-error.ts';

const STATUS: Record<RequestErrorCode, number> = {
  bad_request: 400,
  not_identified: 401,
  not_found: 404,
  conflict: 409,
  unprocessable: 422,
  internal: 500,
};

/** The body of every answer that is not what was asked for. */
interface ErrorBody {
  readonly error: { readonly code: RequestErrorCode; readonly message: string; readonly details?: unknown };
}

/** Gives all errors of the application one form; what is not meant for the one who asks goes to the log alone. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((request) => {
    throw new RequestError('not_found', `There is no ${request.method} ${pathOf(request.url)}.`);
  });
  app.setErrorHandler<FastifyError>((thrown, request, reply) => {
    const error = thrown instanceof RequestError ? thrown : fromFastify(thrown);
    if (error.code === 'internal') request.log.error(thrown, 'A request failed.');
    return reply.code(STATUS[error.code]).send(bodyOf(error));
  });
}

function bodyOf(error: RequestError): ErrorBody {
  const { code, message, details } = error;
  return { error: { code, message, ...(details === undefined ? {} : { details }) } };
}

function pathOf(url: string): string {
  return url.split('?')[0] ?? url;
}

function fromFastify(thrown: FastifyError): RequestError {
  if (thrown.validation !== undefined) {
    const place = thrown.validationContext ?? 'request';
    return new RequestError(
      'bad_request',
      `The ${place} is not as it should be.`,
      fieldsOf(thrown.validation),
    );
  }
  // Fastify's own refusals (a body that is no JSON, or too long) carry a status below 500 and a text that is safe to show.
  const isRefusal = thrown.statusCode !== undefined && thrown.statusCode < 500;
  if (isRefusal) return new RequestError('bad_request', thrown.message);
  return new RequestError('internal', 'Something went wrong on our side. It is in our log.');
}

function fieldsOf(
  validation: NonNullable<FastifyError['validation']>,
): readonly { field: string; message: string }[] {
  return (
    validation
      // For an unknown property the validator also reports its schema, `false`.
      .filter(({ keyword }) => keyword !== 'boolean')
      .flatMap(({ instancePath, keyword, params, message }) => {
        const at = instancePath.split('/').slice(1);
        const names =
          keyword === 'additionalProperties' ? params['additionalProperties'] : params['requiredProperties'];
        if (!Array.isArray(names)) return [{ field: at.join('.'), message: message ?? 'is wrong' }];
        const said = keyword === 'additionalProperties' ? 'is not known' : 'is missing';
        return names.map((name) => ({ field: [...at, String(name)].join('.'), message: said }));
      })
  );
}
