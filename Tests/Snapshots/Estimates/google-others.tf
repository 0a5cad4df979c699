provider "google" {
  project = "shop"
  region  = "us-central1"
}

resource "google_sql_database_instance" "main" {
  region           = "us-central1"
  database_version = "POSTGRES_16"
  settings {
    tier              = "db-custom-2-7680"
    availability_type = "REGIONAL"
    disk_size         = 100
    backup_configuration {
      enabled = true
    }
  }
}

resource "google_redis_instance" "cache" {
  region         = "us-central1"
  memory_size_gb = 5
  tier           = "STANDARD_HA"
}

resource "google_redis_cluster" "cache" {
  region        = "us-central1"
  shard_count   = 3
  replica_count = 1
  node_type     = "REDIS_HIGHMEM_MEDIUM"
}

resource "google_compute_address" "web" {
  region = "us-central1"
}

resource "google_compute_global_address" "web" {
  name = "web"
}

resource "google_compute_forwarding_rule" "web" {
  region = "us-central1"
}

resource "google_compute_global_forwarding_rule" "web" {
  name = "web"
}

resource "google_compute_router" "out" {
  name   = "out"
  region = "europe-west1"
}

resource "google_compute_router_nat" "out" {
  router = google_compute_router.out.name
}

resource "google_compute_vpn_tunnel" "office" {
  region = "us-central1"
}

resource "google_compute_ha_vpn_gateway" "office" {
  region = "us-central1"
}

resource "google_compute_vpn_gateway" "office" {
  region = "us-central1"
}

resource "google_compute_target_http_proxy" "web" {
  name = "web"
}

resource "google_compute_target_https_proxy" "web" {
  name = "web"
}

resource "google_compute_target_grpc_proxy" "web" {
  name = "web"
}

resource "google_compute_target_ssl_proxy" "web" {
  name = "web"
}

resource "google_compute_target_tcp_proxy" "web" {
  name = "web"
}

resource "google_compute_region_target_http_proxy" "web" {
  region = "us-central1"
}

resource "google_compute_region_target_https_proxy" "web" {
  region = "us-central1"
}

resource "google_dns_managed_zone" "example" {
  dns_name = "example.com."
}

resource "google_dns_record_set" "www" {
  managed_zone = google_dns_managed_zone.example.name
}

resource "google_storage_bucket" "files" {
  location = "EU"
}

resource "google_storage_bucket" "near" {
  location      = "europe-west3"
  storage_class = "NEARLINE"
}

resource "google_cloudfunctions_function" "resize" {
  region = "us-central1"
}

resource "google_cloud_run_v2_service" "api" {
  location = "europe-west3"
}

resource "google_cloud_run_service" "old" {
  location = "europe-west3"
}

resource "google_cloud_run_v2_job" "nightly" {
  location = "europe-west3"
}

resource "google_pubsub_topic" "orders" {
  name = "orders"
}

resource "google_pubsub_subscription" "orders" {
  topic = google_pubsub_topic.orders.id
}

resource "google_bigquery_dataset" "lake" {
  dataset_id = "lake"
  location   = "us-central1"
}

resource "google_bigquery_table" "clicks" {
  dataset_id = google_bigquery_dataset.lake.dataset_id
  table_id   = "clicks"
}

resource "google_bigquery_table" "elsewhere" {
  dataset_id = "somebody_elses"
  table_id   = "clicks"
}

resource "google_kms_key_ring" "main" {
  name     = "main"
  location = "us-central1"
}

resource "google_kms_crypto_key" "main" {
  key_ring = google_kms_key_ring.main.id
}

resource "google_secret_manager_secret" "password" {
  secret_id = "password"
}

resource "google_secret_manager_secret_version" "password" {
  secret = google_secret_manager_secret.password.id
}

resource "google_logging_project_sink" "all" {
  name = "all"
}

resource "google_logging_project_bucket_config" "all" {
  bucket_id = "all"
  location  = "global"
}

resource "google_logging_folder_sink" "all" {
  name = "all"
}

resource "google_logging_organization_sink" "all" {
  name = "all"
}

resource "google_logging_billing_account_sink" "all" {
  name = "all"
}

resource "google_monitoring_metric_descriptor" "orders" {
  type = "custom.googleapis.com/orders"
}
