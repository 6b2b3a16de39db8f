package dev.cadenza.catalog.api.veza;

import dev.cadenza.catalog.product.CreateProduct;
import dev.cadenza.catalog.product.ListProducts;
import dev.cadenza.catalog.product.ProductStatus;
import dev.cadenza.catalog.product.UpdateProduct;
import dev.cadenza.platform.web.VezaEnvelope;
import dev.cadenza.platform.web.security.Caller;
import dev.cadenza.platform.web.security.OpenRoutes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Products: what is for sale, and what one sells. */
@RestController("vezaProductController")
@RequestMapping("/api/v1/marketplace/products")
class ProductController {

    private final ListProducts list;
    private final CreateProduct create;
    private final UpdateProduct update;

    ProductController(ListProducts list, CreateProduct create, UpdateProduct update) {
        this.list = list;
        this.create = create;
        this.update = update;
    }

    /** Routes that need no identity. */
    @Bean
    static OpenRoutes openProducts() {
        return OpenRoutes.of(HttpMethod.GET, "/api/v1/marketplace/products");
    }

    @GetMapping
    Mono<VezaEnvelope<List<ProductJson>>> list(
            @RequestParam MultiValueMap<String, String> query, Optional<Caller> caller) {
        Parameters parameters = new Parameters(query);
        String status = parameters.word("status", "draft", "active", "archived");
        return list.list(
                        caller.map(Caller::id).orElse(null),
                        parameters.id("seller_id"),
                        status == null ? null : ProductStatus.valueOf(status.toUpperCase(Locale.ROOT)),
                        parameters.page())
                .map(products ->
                        VezaEnvelope.data(products.stream().map(ProductJson::of).toList()));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Mono<VezaEnvelope<ProductJson>> create(@RequestBody ProductJson.Create body, Caller caller) {
        return Mono.fromSupplier(() -> body.offer(caller.id()))
                .flatMap(create::create)
                .map(product -> VezaEnvelope.data(ProductJson.of(product)));
    }

    @PutMapping("/{id}")
    Mono<VezaEnvelope<ProductJson>> update(
            @PathVariable String id, @RequestBody ProductJson.Update body, Caller caller) {
        return Mono.defer(() -> update.update(Ids.ofPath(id), caller.id(), body.change(), body.wanted()))
                .map(product -> VezaEnvelope.data(ProductJson.of(product)));
    }
}
