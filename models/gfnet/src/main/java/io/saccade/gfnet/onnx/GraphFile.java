package io.saccade.gfnet.onnx;

/**
 * One of the two graphs of a bundle, as read.
 *
 * @param name of the file, for complaints
 * @param onnx the whole file
 */
public record GraphFile(String name, byte[] onnx) {}
