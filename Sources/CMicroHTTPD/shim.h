#pragma once
#include <netinet/in.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <microhttpd.h>

/* MHD_start_daemon and MHD_get_connection_info are variadic, which Swift does not call. */

struct bursar_http_settings {
    int socket;
    unsigned int threads;
    unsigned int connections;
    unsigned int connections_per_client;
    unsigned int idle_seconds;
    size_t connection_memory;
    /* PEM; both or neither. */
    const char *key;
    const char *certificate;
    void *context;
    MHD_AccessHandlerCallback answer;
    MHD_RequestCompletedCallback completed;
    /* Called with each request's target, before the library splits it; what it returns is the first state of 'answer'. */
    void *(*target)(void *context, const char *text, struct MHD_Connection *connection);
    MHD_NotifyConnectionCallback connection;
    /* Called when the library notes something, on the thread that notes it. */
    void (*noted)(void *context);
};

/* Of the library that runs, not of the header. Before 0.9.74 the size of a head is a number without meaning. */
static inline int bursar_http_knows_head_size(void)
{
    const char *version = MHD_get_version();
    return version && strcmp(version, "0.9.74") >= 0;
}

/* Before 1.0 the library cuts a request's head up where it lies, and hands out pointers into it: what it passed over can be seen between them. */
static inline int bursar_http_shows_its_buffer(void)
{
    return bursar_http_knows_head_size() && MHD_get_version()[0] == '0';
}

/* Before 1.0 the library refuses a 'Content-Length' by itself, with the status line twice, and closes without a word what begins like no request. */
static inline int bursar_http_answers_twice(void)
{
    const char *version = MHD_get_version();
    return version && version[0] == '0';
}

/* Leaves %-escapes as they are: '/' and '%2F' are not the same to a router. */
static inline size_t bursar_http_keep_escapes(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    size_t length = 0;
    while (text[length]) length++;
    return length;
}

static inline void bursar_http_note(void *context, const char *format, va_list arguments)
{
    (void)format;
    (void)arguments;
    const struct bursar_http_settings *settings = (const struct bursar_http_settings *)context;
    settings->noted(settings->context);
}

/* The settings stay where they are until the library was stopped. */
static inline struct MHD_Daemon *bursar_http_start(struct bursar_http_settings *settings)
{
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)settings->key},
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)settings->certificate},
        /* Keys that a stolen certificate does not open later, and ciphers that prove what they hide. */
        {MHD_OPTION_HTTPS_PRIORITIES, 0,
         (void *)"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA"
                 ":-CIPHER-ALL:+AES-256-GCM:+CHACHA20-POLY1305:+AES-128-GCM"
                 ":-SIGN-RSA-SHA1:-SIGN-ECDSA-SHA1:-SIGN-DSA-SHA1"},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | (settings->key ? MHD_USE_TLS : 0);
    if (bursar_http_answers_twice()) {
        flags |= MHD_USE_ERROR_LOG;
        /* Leaves the sending half of a connection open until it is closed, so that what was said nothing to can be told so. */
        if (!settings->key) flags |= MHD_USE_TURBO;
    }
    return MHD_start_daemon(
        flags, 0, NULL, NULL, settings->answer, settings->context,
        MHD_OPTION_EXTERNAL_LOGGER, &bursar_http_note, settings,
        MHD_OPTION_LISTEN_SOCKET, settings->socket,
        MHD_OPTION_THREAD_POOL_SIZE, settings->threads,
        MHD_OPTION_CONNECTION_LIMIT, settings->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, settings->connections_per_client,
        MHD_OPTION_CONNECTION_TIMEOUT, settings->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->connection_memory,
        /* Before 1.0 it answers with 1 a request without 'Host' by itself, and with the status line twice: that is for us to refuse. From
           1.0 on, 1 refuses a bare LF at the end of a line, which is for us to find before that. */
        MHD_OPTION_STRICT_FOR_CLIENT, MHD_get_version()[0] == '0' ? 0 : 1,
        MHD_OPTION_URI_LOG_CALLBACK, settings->target, settings->context,
        MHD_OPTION_UNESCAPE_CALLBACK, &bursar_http_keep_escapes, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, settings->completed, settings->context,
        MHD_OPTION_NOTIFY_CONNECTION, settings->connection, settings->context,
        MHD_OPTION_ARRAY, settings->key ? tls : none,
        MHD_OPTION_END);
}

static inline int bursar_http_socket(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/* In bytes, from the method to the empty line; 0 where it is not known. */
static inline size_t bursar_http_head_size(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info && bursar_http_knows_head_size() ? info->header_size : 0;
}

static inline const struct sockaddr *bursar_http_client(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

/* Of GnuTLS; NULL where the connection is not encrypted. */
static inline void *bursar_http_tls_session(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    return info ? info->tls_session : NULL;
}

/* Whether the other end of a connection said something, still listens, and was never answered; 0 where the system does not tell. */
static inline int bursar_http_is_unanswered(int socket)
{
    /* The system's 'struct tcp_info' grows at its end; the C library knows less of it. */
    enum { bytes_received = 128, segments_of_data_sent = 156, size = 160, tcp_info = 11 };
    unsigned char info[size];
    socklen_t length = size;
    if (getsockopt(socket, IPPROTO_TCP, tcp_info, info, &length) != 0 || length < size) return 0;
    uint64_t received;
    uint32_t sent;
    memcpy(&received, info + bytes_received, sizeof received);
    memcpy(&sent, info + segments_of_data_sent, sizeof sent);
    char next;
    return received > 0 && sent == 0 && recv(socket, &next, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
}
