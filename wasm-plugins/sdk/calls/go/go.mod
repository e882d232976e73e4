module storysign.example/sdk-calls

go 1.24.0

toolchain go1.26.8

require (
	github.com/extism/go-pdk v1.1.3
	storysign.example/sdk v1.0.0
)

replace storysign.example/sdk => ../../go
