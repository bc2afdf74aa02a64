// Package dbq holds the queries of internal/db/queries as Go functions, written by sqlc; only this sentence is by hand.
package dbq
