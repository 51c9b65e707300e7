package io.saccade.job;

import io.saccade.wire.DeadLetter;
import io.saccade.wire.Event;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import org.apache.flink.api.connector.sink2.Sink;

/**
 * Where what a job makes goes.
 *
 * @param labels one for each frame
 * @param events what changes in front of a camera
 * @param deadLetters frames that could not be read
 * @param status observations and decisions, and answers to control records
 */
public record JobSinks(
    Sink<Label> labels, Sink<Event> events, Sink<DeadLetter> deadLetters, Sink<Status> status) {}
