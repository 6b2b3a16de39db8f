/** Understanding of prompts: words and numbers of plain English become a brief for the composer. */
@NullMarked
package dev.cadenza.generation.prompt;

import org.jspecify.annotations.NullMarked;
