provider "google" {
  project = "shop"
  region  = "us-central1"
}

resource "google_compute_instance" "web" {
  zone         = "us-central1-a"
  machine_type = "n1-standard-4"
  boot_disk {
    initialize_params {
      image = "windows-cloud/windows-2022"
      size  = 50
      type  = "pd-ssd"
    }
  }
  scratch_disk {
    interface = "NVME"
  }
  network_interface {
    access_config {}
  }
}

resource "google_compute_instance" "custom" {
  zone         = "europe-west3-b"
  machine_type = "n2-custom-6-20480"
  boot_disk {
    initialize_params {
      image = "rhel-cloud/rhel-9"
      size  = 20
    }
  }
}

resource "google_compute_instance" "learner" {
  zone         = "us-central1-a"
  machine_type = "n1-standard-8"
  guest_accelerator {
    type  = "nvidia-tesla-k80"
    count = 2
  }
}

resource "google_compute_instance_template" "web" {
  machine_type = "e2-standard-2"
  disk {
    source_image = "debian-cloud/debian-12"
    boot         = true
    disk_size_gb = 20
    disk_type    = "pd-balanced"
  }
}

resource "google_compute_region_instance_template" "web" {
  region       = "us-central1"
  machine_type = "custom-4-8192"
  disk {
    source_image = "debian-cloud/debian-12"
    boot         = true
    disk_size_gb = 20
  }
}

resource "google_compute_instance_group_manager" "web" {
  zone        = "us-central1-a"
  target_size = 3
  version {
    instance_template = google_compute_instance_template.web.id
  }
}

resource "google_compute_region_instance_group_manager" "web" {
  region      = "us-central1"
  target_size = 2
  version {
    instance_template = google_compute_region_instance_template.web.id
  }
}

resource "google_compute_disk" "data" {
  zone = "us-central1-a"
  type = "pd-ssd"
  size = 200
}

resource "google_compute_region_disk" "data" {
  region = "us-central1"
  type   = "pd-ssd"
  size   = 200
}

resource "google_compute_snapshot" "data" {
  source_disk = google_compute_disk.data.id
}

resource "google_compute_image" "base" {
  name = "base"
}

resource "google_compute_machine_image" "base" {
  name = "base"
}

resource "google_container_cluster" "main" {
  location                 = "us-central1"
  remove_default_node_pool = true
}

resource "google_container_node_pool" "main" {
  cluster            = google_container_cluster.main.name
  location           = "us-central1"
  initial_node_count = 1
  node_config {
    machine_type    = "n1-standard-4"
    local_ssd_count = 1
    guest_accelerator {
      type  = "nvidia-tesla-k80"
      count = 1
    }
  }
}

resource "google_artifact_registry_repository" "images" {
  location = "us-east1"
  format   = "DOCKER"
}

resource "google_container_registry" "images" {
  location = "EU"
}
