package dev.cadenza.platform.web.drf;

import dev.cadenza.platform.core.Failure;
import dev.cadenza.platform.core.FailureException;
import dev.cadenza.platform.core.Page;
import dev.cadenza.platform.core.Paging;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Mono;

/** Lists in pages of ten: {@code ?page=2}, {@code ?page=last}; what is no page of the list is 404. */
public final class DrfPages {

    private static final int SIZE = 10;
    private static final String PAGE = "page";

    private final String base;

    /** Addresses of other pages begin with {@code publicBaseUrl}, whatever the request was sent to. */
    public DrfPages(URI publicBaseUrl) {
        this.base = publicBaseUrl.toString();
    }

    /** The page that the request asks for. */
    public <T> Mono<DrfPage<T>> page(ServerHttpRequest request, Function<Paging, Mono<Page<T>>> list) {
        String word = request.getQueryParams().getFirst(PAGE);
        if (word == null || word.isEmpty()) {
            return numbered(request, 1, list);
        }
        if (word.equals("last")) {
            return list.apply(Paging.page(1, SIZE))
                    .flatMap(first -> first.totalPages() <= 1
                            ? Mono.just(shown(request, 1, first))
                            : numbered(request, Math.toIntExact(first.totalPages()), list));
        }
        // as many digits as a page of any list can have
        return word.matches("[0-9]{1,9}") && Integer.parseInt(word) > 0
                ? numbered(request, Integer.parseInt(word), list)
                : Mono.error(invalid());
    }

    private <T> Mono<DrfPage<T>> numbered(ServerHttpRequest request, int number, Function<Paging, Mono<Page<T>>> list) {
        return list.apply(Paging.page(number, SIZE))
                .flatMap(page -> number > 1 && number > page.totalPages()
                        ? Mono.error(invalid())
                        : Mono.just(shown(request, number, page)));
    }

    private <T> DrfPage<T> shown(ServerHttpRequest request, int number, Page<T> page) {
        return new DrfPage<>(
                page.total(),
                number < page.totalPages() ? address(request, number + 1) : null,
                number > 1 ? address(request, number - 1) : null,
                page.items());
    }

    private String address(ServerHttpRequest request, int number) {
        MultiValueMap<String, String> query = request.getQueryParams();
        Map<String, String> parameters = new TreeMap<>();
        query.forEach((name, values) -> parameters.put(
                name, values.stream().map(value -> pair(name, value)).collect(Collectors.joining("&"))));
        // the first page is the address without a number
        if (number == 1) {
            parameters.remove(PAGE);
        } else {
            parameters.put(PAGE, pair(PAGE, Integer.toString(number)));
        }
        String path = base + request.getPath().value();
        return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters.values());
    }

    private static String pair(String name, String value) {
        return encoded(name) + "=" + encoded(value == null ? "" : value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static FailureException invalid() {
        return Failure.notFound("page.invalid", "Invalid page.");
    }
}
