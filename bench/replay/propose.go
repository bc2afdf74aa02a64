package main

import "io"

func propose(o options, out io.Writer) error { return nil }
