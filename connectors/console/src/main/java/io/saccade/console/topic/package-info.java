/** Reading Kafka: what the job writes, and of the frames no more than the page shows. */
@NullMarked
package io.saccade.console.topic;

import org.jspecify.annotations.NullMarked;
