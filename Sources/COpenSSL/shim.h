#pragma once
// SHA256_Init and its companions are marked as deprecated in favour of an interface that looks its provider up for each
// digest; see Digest/SHA256.swift.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
