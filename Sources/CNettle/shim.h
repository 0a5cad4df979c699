#pragma once
#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <nettle/sha2.h>
#include <nettle/version.h>

/* Nettle 4 no longer takes the length of a digest. */
#if NETTLE_VERSION_MAJOR >= 4
#define BURSAR_DIGEST(function, context, digest) function(context, digest)
#else
#define BURSAR_DIGEST(function, context, digest) function(context, SHA256_DIGEST_SIZE, digest)
#endif

/* The digest has room for SHA256_DIGEST_SIZE bytes. */
static inline void bursar_hmac_sha256(const uint8_t *key, size_t key_length, const uint8_t *message, size_t length, uint8_t *digest) {
    struct hmac_sha256_ctx context;
    hmac_sha256_set_key(&context, key_length, key);
    hmac_sha256_update(&context, length, message);
    BURSAR_DIGEST(hmac_sha256_digest, &context, digest);
}

static inline void bursar_sha256(const uint8_t *message, size_t length, uint8_t *digest) {
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, length, message);
    BURSAR_DIGEST(sha256_digest, &context, digest);
}
