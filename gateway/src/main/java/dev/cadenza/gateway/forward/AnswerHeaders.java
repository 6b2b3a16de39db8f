package dev.cadenza.gateway.forward;

import dev.cadenza.platform.web.RequestIds;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Drops from a service's answer what the gateway has already said itself; twice would be once too often. */
public final class AnswerHeaders implements HttpHeadersFilter {

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        HttpHeaders headers = new HttpHeaders();
        input.forEach(headers::addAll);
        headers.remove(RequestIds.HEADER);
        headers.remove(HttpHeaders.SERVER);
        return headers;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }
}
