package dev.cadenza.catalog.api.musewave;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the parameters of {@link Query#paging()}. */
@Parameter(
        in = ParameterIn.QUERY,
        name = "limit",
        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "50"))
@Parameter(
        in = ParameterIn.QUERY,
        name = "offset",
        schema = @Schema(type = "integer", minimum = "0", defaultValue = "0"))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Paged {}
