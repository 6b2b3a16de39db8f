/** Habits of Django REST Framework that the clients of the audionova dialect know: pages, bodies, the words for wrong fields. */
@NullMarked
package dev.cadenza.platform.web.drf;

import org.jspecify.annotations.NullMarked;
