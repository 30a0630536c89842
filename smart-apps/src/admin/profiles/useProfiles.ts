import { useQuery } from '@tanstack/react-query';
import { useOpened } from '../../design/open';
import { profileOf } from './profile';

export function useProfiles() {
  const { fhir } = useOpened();
  return useQuery({
    queryKey: ['profiles'],
    queryFn: async () => (await fhir.get('$site-profiles')).all('profile').map(profileOf),
  });
}
