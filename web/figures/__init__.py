"""The figures: drawings of a body on a mat, made from a skeleton and named poses."""
