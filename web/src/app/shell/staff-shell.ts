// The staff's frame: a rail at the side, a bar below on the phone, with the way to every place, and a search for people.
import { Component, computed, inject, signal } from '@angular/core'
import { Router, RouterLink, RouterOutlet } from '@angular/router'
import { StudioFace } from '../api/studio.ts'
import { Who } from '../auth/who.ts'
import { Face } from '../ui/face.ts'
import { Icon } from '../ui/icon.ts'
import { Mark } from '../ui/mark.ts'
import { StaffPlaces } from './staff-places.ts'

@Component({
  selector: 'app-staff-shell',
  imports: [Face, Icon, Mark, RouterLink, RouterOutlet, StaffPlaces],
  templateUrl: './staff-shell.html',
  styleUrl: './staff-shell.css',
})
export class StaffShell {
  private readonly router = inject(Router)
  protected readonly studio = inject(StudioFace)
  protected readonly who = inject(Who)
  protected readonly sought = signal('')
  protected readonly roleName = computed(() => (this.who.isAdmin() ? 'Admin' : 'Trainer'))

  protected find(event: Event): void {
    event.preventDefault()
    void this.router.navigate(['/staff/clients'], { queryParams: { search: this.sought().trim() || null } })
  }
}
