/** What is promised beside the code, tried for real: access, monitoring, containers, manifests. */
@NullMarked
package io.saccade.checks;

import org.jspecify.annotations.NullMarked;
