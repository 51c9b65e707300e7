package io.saccade.job.control;

/**
 * What is kept of audits across restarts. Public, and of types that Flink serialises itself.
 *
 * @param audits newest audits
 * @param answers confidence of the answers of late
 */
public record AuditState(double[] audits, double[] answers) {}
