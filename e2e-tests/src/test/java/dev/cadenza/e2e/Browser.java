package dev.cadenza.e2e;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser at the login page, with the cookies that it was given. */
record Browser(Account account, String session, String csrf) {

    /** Opens the login page, without a session. */
    static Browser visit(Api api, Account account) {
        return new Browser(account, "", cookie(api.get("/login/").expect(200), "csrftoken"));
    }

    /** Logs in. */
    static Browser login(Api api, Account account, @Nullable Browser planted) {
        String csrf = planted == null || planted.csrf.isEmpty() ? visit(api, account).csrf : planted.csrf;
        Browser before = new Browser(account, planted == null ? "" : planted.session, csrf);
        Api.Answer in = before.post(
                        api, "/login/", Map.of("username", account.username(), "password", account.password()))
                .expect(302);
        return new Browser(account, cookie(in, "sessionid"), cookie(in, "csrftoken"));
    }

    String cookies() {
        return (session.isEmpty() ? "" : "sessionid=" + session + "; ") + "csrftoken=" + csrf;
    }

    /** Sends a form of the page. */
    Api.Answer post(Api api, String path, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("csrfmiddlewaretoken", csrf);
        String body = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return api.send(
                "POST",
                path,
                BodyPublishers.ofString(body),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Cookie",
                cookies());
    }

    /** The value of a cookie as an answer sets it. */
    static String cookie(Api.Answer answer, String name) {
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer.request() + " sets no " + name + ": " + answer.text()));
    }
}
