#pragma once
#include <curl/curl.h>
#include <string.h>

/* One message to one server. libcurl is set up by functions with variable arguments, which Swift cannot call. */
struct bursar_mail {
    /* smtp:// or smtps://, with the port. */
    const char *url;
    /* NULL: nobody is named. */
    const char *user;
    const char *password;
    /* A file of authorities; NULL: the system's. */
    const char *authorities;
    /* Whether a connection that stays in plain text is refused. */
    int encrypted;
    long milliseconds;
    const char *sender;
    const char *const *recipients;
    size_t recipient_count;
    /* The message, with CRLF at the ends of lines. */
    const char *text;
    size_t length;
};

struct bursar_mail_answer {
    /* The code of the server's last reply; 0: there was none. */
    long code;
    /* The last line by which the server refused something, else its last line. */
    char line[512];
};

struct bursar_mail_rest {
    const char *text;
    size_t length;
};

static size_t bursar_read_mail(char *buffer, size_t size, size_t count, void *context) {
    struct bursar_mail_rest *rest = context;
    size_t room = size * count;
    size_t taken = rest->length < room ? rest->length : room;
    memcpy(buffer, rest->text, taken);
    rest->text += taken;
    rest->length -= taken;
    return taken;
}

static size_t bursar_note_line(char *line, size_t size, size_t count, void *context) {
    struct bursar_mail_answer *answer = context;
    size_t length = size * count;
    size_t kept = length < sizeof answer->line - 1 ? length : sizeof answer->line - 1;
    /* It says goodbye behind a refusal. */
    int refuses = length > 0 && (line[0] == '4' || line[0] == '5');
    if (!refuses && (answer->line[0] == '4' || answer->line[0] == '5')) return length;
    while (kept > 0 && (line[kept - 1] == '\r' || line[kept - 1] == '\n')) kept--;
    memcpy(answer->line, line, kept);
    answer->line[kept] = 0;
    return length;
}

static size_t bursar_drop(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes;
    (void)context;
    return size * count;
}

static inline CURLcode bursar_prepare_mail(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static inline CURLcode bursar_send_mail(const struct bursar_mail *mail, struct bursar_mail_answer *answer) {
    memset(answer, 0, sizeof *answer);
    CURL *curl = curl_easy_init();
    if (!curl) return CURLE_FAILED_INIT;
    struct bursar_mail_rest rest = {mail->text, mail->length};
    struct curl_slist *recipients = NULL;
    CURLcode result = CURLE_OK;
    for (size_t index = 0; index < mail->recipient_count; index++) {
        struct curl_slist *longer = curl_slist_append(recipients, mail->recipients[index]);
        if (!longer) result = CURLE_OUT_OF_MEMORY;
        else recipients = longer;
    }
#define BURSAR_SET(option, value) \
    if (result == CURLE_OK) result = curl_easy_setopt(curl, option, value)
    BURSAR_SET(CURLOPT_URL, mail->url);
    BURSAR_SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    /* Nothing of the environment sends it elsewhere. */
    BURSAR_SET(CURLOPT_PROXY, "");
    BURSAR_SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    BURSAR_SET(CURLOPT_NOSIGNAL, 1L);
    BURSAR_SET(CURLOPT_TIMEOUT_MS, mail->milliseconds);
    BURSAR_SET(CURLOPT_CONNECTTIMEOUT_MS, mail->milliseconds);
    BURSAR_SET(CURLOPT_USE_SSL, (long)(mail->encrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    BURSAR_SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (mail->authorities) BURSAR_SET(CURLOPT_CAINFO, mail->authorities);
    if (mail->user) {
        BURSAR_SET(CURLOPT_USERNAME, mail->user);
        BURSAR_SET(CURLOPT_PASSWORD, mail->password);
    }
    BURSAR_SET(CURLOPT_MAIL_FROM, mail->sender);
    BURSAR_SET(CURLOPT_MAIL_RCPT, recipients);
    BURSAR_SET(CURLOPT_UPLOAD, 1L);
    BURSAR_SET(CURLOPT_READFUNCTION, bursar_read_mail);
    BURSAR_SET(CURLOPT_READDATA, &rest);
    BURSAR_SET(CURLOPT_HEADERFUNCTION, bursar_note_line);
    BURSAR_SET(CURLOPT_HEADERDATA, answer);
    BURSAR_SET(CURLOPT_WRITEFUNCTION, bursar_drop);
#undef BURSAR_SET
    if (result == CURLE_OK) result = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->code);
    curl_slist_free_all(recipients);
    curl_easy_cleanup(curl);
    return result;
}
