/** The API as its users read it: one OpenAPI document joined from the services' own, and two pages that show it. */
@NullMarked
package dev.cadenza.gateway.docs;

import org.jspecify.annotations.NullMarked;
