package dev.cadenza.platform.web.dialect;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.web.dialect.Problem.Origin;
import java.util.List;
import java.util.Map;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;

/** Turns whatever was thrown into an answer: the one switch from kind to status. */
public final class Problems {

    private Problems() {}

    /** The answer to {@code error} in {@code dialect}; a 500 that tells nothing where the error is not an answer. */
    public static Problem of(Throwable error, Dialect dialect) {
        return switch (error) {
            case FailureException failure -> of(failure.failure(), dialect);
            case ProblemException refusal -> refusal.problem();
            case DataBufferLimitException limit ->
                problem(413, "request.too_large", "The request is larger than allowed.", Origin.DOMAIN);
            case MissingRequestValueException missing ->
                problem(
                        400,
                        "request.incomplete",
                        "Missing " + missing.getLabel() + " '" + missing.getName() + "'.",
                        Origin.DOMAIN);
            case ServerWebInputException input
            when caused(input, DataBufferLimitException.class) ->
                problem(413, "request.too_large", "The request is larger than allowed.", Origin.DOMAIN);
            case ServerWebInputException input
            when caused(input, TypeMismatchException.class) ->
                problem(400, "request.unreadable", "A parameter has the wrong type.", Origin.DOMAIN);
            case ServerWebInputException input ->
                problem(400, "request.unreadable", "The request could not be read.", Origin.DOMAIN);
            case DecodingException decoding ->
                problem(400, "request.unreadable", "The request could not be read.", Origin.DOMAIN);
            case MethodNotAllowedException method ->
                new Problem(
                        405,
                        "method.not_allowed",
                        "Method \"" + method.getHttpMethod() + "\" not allowed.",
                        List.of(),
                        Origin.ROUTING,
                        Map.of(
                                "Allow",
                                String.join(
                                        ", ",
                                        method.getSupportedMethods().stream()
                                                .map(HttpMethod::name)
                                                .sorted()
                                                .toList())));
            case ResponseStatusException status -> ofStatus(status.getStatusCode());
            case AuthenticationServiceException unavailable -> of(IDENTITY_AWAY, dialect);
            case AuthenticationException authentication -> of(UNAUTHENTICATED, dialect);
            case AccessDeniedException denied ->
                of(
                        new Failure.Forbidden("access.denied", "You do not have permission to perform this action."),
                        dialect);
            default -> ofStatus(HttpStatusCode.valueOf(500));
        };
    }

    /** Said to everybody without a valid identity; the wording is Django REST Framework's. */
    public static final Failure UNAUTHENTICATED =
            new Failure.Unauthenticated("auth.required", "Authentication credentials were not provided.");

    /** Said where it cannot be found out whether an identity holds. */
    public static final Failure IDENTITY_AWAY =
            new Failure.Unavailable("identity.unavailable", "The identity service does not answer. Try again soon.", 5);

    /** The answer to a failure that a use case returned. */
    public static Problem of(Failure failure, Dialect dialect) {
        return switch (failure) {
            case Failure.NotFound f -> problem(404, f.code(), f.message(), Origin.DOMAIN);
            case Failure.Conflict f -> problem(409, f.code(), f.message(), Origin.DOMAIN);
            case Failure.Forbidden f -> problem(403, f.code(), f.message(), Origin.SECURITY);
            case Failure.Unauthenticated f ->
                new Problem(
                        401, f.code(), f.message(), List.of(), Origin.SECURITY, Map.of("WWW-Authenticate", "Bearer"));
            case Failure.Invalid f ->
                new Problem(dialect.statusOfInvalid(f), f.code(), f.message(), f.violations(), Origin.DOMAIN, Map.of());
            case Failure.Unreadable f -> problem(400, f.code(), f.message(), Origin.DOMAIN);
            case Failure.UnsupportedMedia f -> problem(415, f.code(), f.message(), Origin.DOMAIN);
            case Failure.TooLarge f -> problem(413, f.code(), f.message(), Origin.DOMAIN);
            case Failure.TooMany f -> retry(429, f.code(), f.message(), f.retryAfterSeconds(), Origin.DOMAIN);
            case Failure.Unavailable f -> retry(503, f.code(), f.message(), f.retryAfterSeconds(), Origin.SYSTEM);
        };
    }

    private static Problem ofStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> problem(404, "route.not_found", "Not found.", Origin.ROUTING);
            case 406 -> problem(406, "response.not_acceptable", "No acceptable representation.", Origin.ROUTING);
            case 413 -> problem(413, "request.too_large", "The request is larger than allowed.", Origin.DOMAIN);
            case 415 -> problem(415, "request.unsupported_media", "Unsupported media type.", Origin.ROUTING);
            case 503 ->
                retry(503, "service.unavailable", "The service does not answer. Try again soon.", 5, Origin.SYSTEM);
            case 504 -> retry(504, "service.timeout", "The service did not answer in time.", 5, Origin.SYSTEM);
            default ->
                status.is4xxClientError()
                        ? problem(status.value(), "request.refused", "The request was refused.", Origin.DOMAIN)
                        : problem(500, "internal.error", "Something went wrong on our side.", Origin.SYSTEM);
        };
    }

    private static Problem problem(int status, String code, String message, Origin origin) {
        return new Problem(status, code, message, List.of(), origin, Map.of());
    }

    private static Problem retry(int status, String code, String message, int seconds, Origin origin) {
        return new Problem(status, code, message, List.of(), origin, Map.of("Retry-After", Integer.toString(seconds)));
    }

    private static boolean caused(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
